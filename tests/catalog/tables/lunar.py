"""Vietnam's lunar calendar from the sky: new moons and the sun's longitude after J. Meeus, Astronomical Algorithms
(2nd edition, chapters 25 and 49), in the days of UTC+7. Shares nothing with the service or the package it seeds from.

The month with the winter solstice is the eleventh; a year of thirteen months repeats the first one in which the sun
enters no sign. New moons are right within a minute, which decides every day of 2024–2030 (the nearest to midnight
in these years is farther off than that).
"""

from __future__ import annotations

from datetime import date, timedelta
from math import floor, radians, sin

UTC_PLUS_7 = 7 / 24
TT_MINUS_UT = 70 / 86400
SYNODIC = 29.530588861
J2000 = 2451545.0
DAY_ONE = 1721425.5
"""Julian date of the midnight that begins day 1 of Python's ordinal days."""


def new_moon(k: int) -> float:
    """Julian date, in universal time, of the k-th new moon after 6 January 2000."""
    t = k / 1236.85
    mean = 2451550.09766 + SYNODIC * k + 0.00015437 * t**2 - 0.00000015 * t**3
    e = 1 - 0.002516 * t - 0.0000074 * t**2
    sun = radians(2.5534 + 29.1053567 * k - 0.0000014 * t**2)
    moon = radians(201.5643 + 385.81693528 * k + 0.0107582 * t**2 + 0.00001238 * t**3)
    latitude = radians(160.7108 + 390.67050284 * k - 0.0016118 * t**2)
    node = radians(124.7746 - 1.56375588 * k + 0.0020672 * t**2)
    correction = (
        -0.40720 * sin(moon)
        + 0.17241 * e * sin(sun)
        + 0.01608 * sin(2 * moon)
        + 0.01039 * sin(2 * latitude)
        + 0.00739 * e * sin(moon - sun)
        - 0.00514 * e * sin(moon + sun)
        + 0.00208 * e**2 * sin(2 * sun)
        - 0.00111 * sin(moon - 2 * latitude)
        - 0.00057 * sin(moon + 2 * latitude)
        + 0.00056 * e * sin(2 * moon + sun)
        - 0.00042 * sin(3 * moon)
        + 0.00042 * e * sin(sun + 2 * latitude)
        + 0.00038 * e * sin(sun - 2 * latitude)
        - 0.00024 * e * sin(2 * moon - sun)
        - 0.00017 * sin(node)
    )
    return mean + correction - TT_MINUS_UT


def sun_longitude(julian: float) -> float:
    """Apparent longitude of the sun in degrees, right within 0.01."""
    t = (julian + TT_MINUS_UT - J2000) / 36525
    mean = 280.46646 + 36000.76983 * t + 0.0003032 * t**2
    anomaly = radians(357.52911 + 35999.05029 * t - 0.0001537 * t**2)
    centre = (
        (1.914602 - 0.004817 * t) * sin(anomaly)
        + (0.019993 - 0.000101 * t) * sin(2 * anomaly)
        + 0.000289 * sin(3 * anomaly)
    )
    return (mean + centre - 0.00569 - 0.00478 * sin(radians(125.04 - 1934.136 * t))) % 360


def moon_day(k: int) -> date:
    """The day in Vietnam on which the k-th new moon falls: the first of a lunar month."""
    return date.fromordinal(floor(new_moon(k) + UTC_PLUS_7 - DAY_ONE) + 1)


def _sign(day: date) -> int:
    """Which twelfth of its path the sun is in when the day begins in Vietnam."""
    return floor(sun_longitude(day.toordinal() - 1 + DAY_ONE - UTC_PLUS_7) / 30)


def _eleventh_month(year: int) -> int:
    """Number of the new moon that begins the month of the year's winter solstice."""
    k = floor((year + 0.99 - 2000) * 12.3685) + 1
    while not (moon_day(k) <= _solstice(year) < moon_day(k + 1)):
        k -= 1
    return k


def _solstice(year: int) -> date:
    day = date(year, 12, 19)
    while _sign(day + timedelta(days=1)) != 9:
        day += timedelta(days=1)
    return day


def first_of(month: int, year: int) -> date:
    """First day of a month (1 to 10, never the repeated one) of the lunar year that begins in `year`."""
    first, last = _eleventh_month(year - 1), _eleventh_month(year)
    number, k = 11, first
    leap_due = last - first == 13
    while True:
        k += 1
        if leap_due and _sign(moon_day(k)) == _sign(moon_day(k + 1)):
            leap_due = False
            continue
        number = number % 12 + 1
        if number == month:
            return moon_day(k)


def new_year(year: int) -> date:
    """Tết Nguyên Đán."""
    return first_of(1, year)


def hung_kings(year: int) -> date:
    """The tenth of the third month."""
    return first_of(3, year) + timedelta(days=9)

/** The session lives in HttpOnly cookies of the gateway: the page only knows when it has ended. */
const RETURN_TO = "portal.return_to";
const LEFT_AT = "portal.left_for_sign_in_at";
const LOOP_MS = 15_000;

/** Where to go on after signing in; read once. */
export function takeReturnPath(): string | null {
  const path = sessionStorage.getItem(RETURN_TO);
  sessionStorage.removeItem(RETURN_TO);
  return path;
}

/**
 * Leaves for the login by a full page load, which the gateway answers with Keycloak's page.
 * Twice in a short time means that signing in doesn't help: then the page stays and says so.
 */
export function leaveForSignIn(): boolean {
  if (leaving) return true;
  const last = Number(sessionStorage.getItem(LEFT_AT) ?? 0);
  if (Date.now() - last < LOOP_MS) return false;
  sessionStorage.setItem(LEFT_AT, String(Date.now()));
  sessionStorage.setItem(RETURN_TO, window.location.pathname + window.location.search);
  leaving = true;
  window.location.assign("/");
  return true;
}

let leaving = false;

/** True once the page goes to the login by itself: what is unsaved is on the shelf, so nobody need be asked. */
export const isLeaving = (): boolean => leaving;

export const SIGN_OUT_PATH = "/signout";

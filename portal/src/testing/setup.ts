// The browser's shelf for unsaved entries, in memory.
import "fake-indexeddb/auto";

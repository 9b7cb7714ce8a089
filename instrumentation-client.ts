// Runs in the browser before anything else of a page.
import { config } from 'zod/v4/core';

// The security policy forbids a browser to make code from text, and zod would try to, once, to see
// whether it may.
config({ jitless: true });

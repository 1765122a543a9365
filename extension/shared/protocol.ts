/**
 * The core's protocol, as generated from `src/command.rs`. Everything outside `worker/` imports the types from here,
 * so that no one else depends on where the build puts them. Types only: importing this adds no code.
 */
export type * from "../generated/fulcrum";
// Rust accepts a profile with parts missing; whoever writes one here states all of it.
export type { CurrentPosition, Education, PastPosition, Profile, ProfileKind } from "./profile";

function noop(ctx, api) {}

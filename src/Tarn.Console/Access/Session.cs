namespace Tarn.Console.Access;

/// <summary>A signed-in browser.</summary>
/// <param name="Ended">Cancelled at sign-out, so that event streams of the session end with it.</param>
internal sealed record Session(string AccessKeyId, DateTimeOffset ExpiresAt, CancellationToken Ended);

namespace Tarn.Clients.S3;

/// <summary>A key that DeleteObjects left in place, and why.</summary>
internal sealed record DeleteFailure(string Key, string Message);

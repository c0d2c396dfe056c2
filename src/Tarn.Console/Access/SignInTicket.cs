namespace Tarn.Console.Access;

/// <summary>What a ticket is good for: one sign-in of this key's user, leading to that page.</summary>
internal sealed record SignInTicket(string AccessKeyId, string Path, DateTimeOffset ExpiresAt);

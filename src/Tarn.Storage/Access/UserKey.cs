namespace Tarn.Storage.Access;

/// <summary>One of a user's access keys.</summary>
/// <param name="Secret">Kept as it is: a signature can only be checked with it. Never logged, shown once.</param>
/// <param name="IsActive">A key that is not active signs nothing and can be made active again.</param>
public sealed record UserKey(string AccessKeyId, string Secret, bool IsActive, DateTimeOffset CreatedAt)
{
    public override string ToString() => $"{AccessKeyId} ({(IsActive ? "active" : "inactive")})";
}

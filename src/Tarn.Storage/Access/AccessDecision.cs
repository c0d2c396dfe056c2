namespace Tarn.Storage.Access;

/// <summary>Whether a request may happen.</summary>
/// <param name="Reason">Why, in one sentence for the audit line; says nothing that the caller must not know.</param>
public sealed record AccessDecision(bool IsAllowed, string Reason)
{
    public static AccessDecision Allow(string reason) => new(IsAllowed: true, reason);

    public static AccessDecision Deny(string reason) => new(IsAllowed: false, reason);
}

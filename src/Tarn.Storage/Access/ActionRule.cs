namespace Tarn.Storage.Access;

/// <summary>What a grant must give for an action.</summary>
/// <param name="Name">As policies name it.</param>
internal sealed record ActionRule(string Name, GrantLevel Level, ActionScope Scope)
{
    /// <summary>Whether a bucket's policy may speak of it: there is a bucket, and the action is about it.</summary>
    public bool IsForPolicies => Scope != ActionScope.Lake && Name != "s3:CreateBucket";
}

namespace Tarn.Storage.Access.Policies;

/// <summary>What a policy says to a request.</summary>
public enum PolicyVerdict
{
    /// <summary>No statement is about it.</summary>
    Silent,

    Allow,

    /// <summary>Explicit: nothing else can allow it.</summary>
    Deny,
}

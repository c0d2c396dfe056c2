using Tarn.Storage.Objects.Versions;

namespace Tarn.Storage.Objects.Lifecycle;

/// <summary>
/// Deletes for lifecycle rules: each looks again at what it is about to remove, in the key's turn, so what was put
/// since the rule was evaluated survives. Durable when a call returns. Thread-safe.
/// </summary>
internal interface IExpiry
{
    /// <summary>As a delete of the current object, if it is due then; false: nothing happened.</summary>
    Task<bool> ExpireAsync(ObjectKey key, Func<ObjectInfo, bool> isDue, CancellationToken cancellation);

    /// <summary>Removes the version or marker for good, if it is due then; false: nothing happened.</summary>
    /// <param name="isDue">Asked with the version, and whether the key has no other.</param>
    Task<bool> ExpireVersionAsync(
        ObjectKey key, string versionId, Func<ObjectVersion, bool, bool> isDue, CancellationToken cancellation);
}

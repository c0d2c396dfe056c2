namespace Tarn.Storage.Access;

/// <summary>The keys that front doors accept. Thread-safe; a lookup is memory only.</summary>
public interface IAccessKeys
{
    /// <summary>The key with this id, or null.</summary>
    AccessKey? Find(string accessKeyId);
}

namespace Tarn.Storage.Access;

/// <summary>The root user's key and no other.</summary>
internal sealed class RootAccessKeys(AccessKey root) : IAccessKeys
{
    public AccessKey? Find(string accessKeyId) =>
        string.Equals(accessKeyId, root.AccessKeyId, StringComparison.Ordinal) ? root : null;
}

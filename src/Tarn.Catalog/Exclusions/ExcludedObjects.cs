using Tarn.Storage.Objects;

namespace Tarn.Catalog.Exclusions;

/// <summary>The exclusions of one moment.</summary>
public sealed class ExcludedObjects
{
    private readonly HashSet<(ObjectKey Key, string? ETag)> _hidden = [];
    private readonly Dictionary<(string Id, long Version), ObjectKey> _folders = [];

    /// <param name="stored">Each with the version of its resource.</param>
    internal ExcludedObjects(IEnumerable<(Exclusion Exclusion, long Version)> stored)
    {
        foreach (var (exclusion, version) in stored)
        {
            var folder = ObjectKey.Parse(exclusion.Folder);
            _folders.Add((exclusion.Id, version), folder);
            _hidden.UnionWith(exclusion.Objects.Select(
                item => (folder with { Key = folder.Key + item.Name }, item.ETag)));
        }
    }

    /// <summary>Whether the object is part of no table.</summary>
    public bool Hides(ObjectInfo info) => _hidden.Contains((info.Key, null)) || _hidden.Contains((info.Key, info.ETag));

    /// <summary>Whether something was excluded, or not any more, in or below this folder since then.</summary>
    public bool DiffersAt(ObjectKey folder, ExcludedObjects before) =>
        Only(_folders, before._folders, folder) || Only(before._folders, _folders, folder);

    private static bool Only(
        Dictionary<(string Id, long Version), ObjectKey> here,
        Dictionary<(string Id, long Version), ObjectKey> there,
        ObjectKey folder) => here.Any(entry =>
            entry.Value.Bucket == folder.Bucket
            && entry.Value.Key.StartsWith(folder.Key, StringComparison.Ordinal)
            && !there.ContainsKey(entry.Key));
}

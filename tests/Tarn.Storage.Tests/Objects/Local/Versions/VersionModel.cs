using Tarn.Storage.Objects.Versions;

namespace Tarn.Storage.Tests.Objects.Local.Versions;

/// <summary>What S3 says of versions, as lists in memory: newest first, a marker has no text.</summary>
internal sealed class VersionModel
{
    private readonly Dictionary<string, List<Version>> _versions = [];

    public BucketVersioning Versioning { get; set; }

    public IReadOnlyList<Version> Of(string key) => _versions.GetValueOrDefault(key) ?? [];

    public void Put(string key, string? versionId, string text) => Add(key, versionId, text);

    public void Delete(string key, string? versionId)
    {
        if (Versioning == BucketVersioning.Unversioned)
        {
            _versions.Remove(key);
        }
        else
        {
            Add(key, versionId, text: null);
        }
    }

    public bool Remove(string key, string versionId) =>
        _versions.TryGetValue(key, out var versions) && versions.RemoveAll(version => version.Id == versionId) > 0;

    /// <summary>One that is there, or sometimes one that is not.</summary>
    public string AnyVersion(string key, Random random)
    {
        var versions = Of(key);
        return versions.Count == 0 || random.Next(8) == 0 ? "null" : versions[random.Next(versions.Count)].Id;
    }

    public (List<string> Versions, List<string> Prefixes) List(
        IEnumerable<string> keys, string prefix, string? delimiter)
    {
        var (versions, prefixes) = (new List<string>(), new List<string>());
        foreach (var key in keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal) && Of(key).Count > 0)
            .Order(StringComparer.Ordinal))
        {
            var at = delimiter is null ? -1 : key.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal);
            if (at >= 0)
            {
                prefixes.Add(key[..(at + 1)]);
                continue;
            }

            versions.AddRange(Of(key).Select((version, index) =>
                $"{key} {version.Id} {version.Text is null} {index == 0}"));
        }

        return (versions, [.. prefixes.Distinct()]);
    }

    private void Add(string key, string? versionId, string? text)
    {
        var expected = Versioning switch
        {
            BucketVersioning.Unversioned => null,
            BucketVersioning.Suspended => "null",
            _ => versionId,
        };
        Assert.Equal(expected, versionId);
        var id = versionId ?? "null";
        var versions = _versions.TryGetValue(key, out var known) ? known : _versions[key] = [];
        versions.RemoveAll(version => version.Id == id);
        versions.Insert(0, new Version(id, text));
    }

    internal sealed record Version(string Id, string? Text);
}

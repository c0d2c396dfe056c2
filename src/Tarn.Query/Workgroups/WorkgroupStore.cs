using System.Text.Json;
using System.Text.RegularExpressions;
using Tarn.Primitives.Errors;
using Tarn.Storage.Metadata;
using Tarn.Storage.Objects;

namespace Tarn.Query.Workgroups;

/// <summary>
/// Workgroups as resources of kind <c>workgroup</c>, their tags as <c>workgroup-tags</c>; layout in
/// docs/formats/query-execution.md.
/// </summary>
internal sealed partial class WorkgroupStore(IMetadataStore metadata, TimeProvider clock) : IWorkgroups
{
    public const string Primary = "primary";

    private const string Kind = "workgroup";
    private const string TagsKind = "workgroup-tags";

    public async Task<Workgroup> CreateAsync(
        Workgroup workgroup, IReadOnlyDictionary<string, string> tags, CancellationToken cancellation)
    {
        Check(workgroup);
        if (await FindAsync(workgroup.Name, cancellation).ConfigureAwait(false) is not null)
        {
            throw Exists(workgroup.Name);
        }

        var created = workgroup with { CreatedAt = clock.GetUtcNow() };
        List<MetadataChange> changes = [MetadataChange.Create(Kind, workgroup.Name, Write(created))];
        if (tags.Count > 0)
        {
            changes.Add(MetadataChange.Put(TagsKind, workgroup.Name, Write(new SortedDictionary<string, string>(
                tags.ToDictionary(), StringComparer.Ordinal))));
        }

        try
        {
            await metadata.ApplyAsync(changes, cancellation).ConfigureAwait(false);
        }
        catch (TarnException failure) when (failure.Kind == ErrorKind.Conflict)
        {
            throw Exists(workgroup.Name);
        }

        return created;
    }

    public async Task<Workgroup> PutAsync(Workgroup workgroup, CancellationToken cancellation)
    {
        Check(workgroup);
        var known = await FindAsync(workgroup.Name, cancellation).ConfigureAwait(false);
        var stored = workgroup with { CreatedAt = known?.CreatedAt ?? clock.GetUtcNow() };
        await metadata.ApplyAsync([MetadataChange.Put(Kind, workgroup.Name, Write(stored))], cancellation)
            .ConfigureAwait(false);
        return stored;
    }

    public async Task<Workgroup?> FindAsync(string name, CancellationToken cancellation)
    {
        var resource = await metadata.FindAsync(Kind, name, cancellation).ConfigureAwait(false);
        return resource is not null ? Read(resource) : name == Primary ? new Workgroup { Name = Primary } : null;
    }

    public async Task<IReadOnlyList<Workgroup>> ListAsync(CancellationToken cancellation)
    {
        var groups = new List<Workgroup>();
        string? after = null;
        while (
            await metadata.ListAsync(Kind, "", after, 1000, cancellation).ConfigureAwait(false) is { Count: > 0 } page)
        {
            groups.AddRange(page.Select(Read));
            after = page[^1].Name;
        }

        if (groups.All(group => group.Name != Primary))
        {
            groups.Add(new Workgroup { Name = Primary });
        }

        return [.. groups.OrderBy(group => group.Name, StringComparer.Ordinal)];
    }

    public async Task<IReadOnlyDictionary<string, string>> TagsAsync(string name, CancellationToken cancellation) =>
        (await ReadTagsAsync(name, cancellation).ConfigureAwait(false)).Tags;

    public async Task SetTagsAsync(
        string name, Action<SortedDictionary<string, string>> change, CancellationToken cancellation)
    {
        var (tags, version) = await ReadTagsAsync(name, cancellation).ConfigureAwait(false);
        change(tags);
        List<MetadataChange> changes = [MetadataChange.Put(TagsKind, name, Write(tags), version)];
        if (name != Primary)
        {
            changes.Add(MetadataChange.Require(Kind, name));
        }

        await metadata.ApplyAsync(changes, cancellation).ConfigureAwait(false);
    }

    public async Task DeleteAsync(string name, CancellationToken cancellation)
    {
        if (name == Primary)
        {
            throw new TarnException(ErrorKind.Invalid, "workgroup 'primary' always exists");
        }

        if (await metadata.FindAsync(Kind, name, cancellation).ConfigureAwait(false) is null)
        {
            throw Missing(name);
        }

        await metadata.ApplyAsync(
            [MetadataChange.Delete(Kind, name), MetadataChange.Delete(TagsKind, name)], cancellation)
            .ConfigureAwait(false);
    }

    private static void Check(Workgroup workgroup)
    {
        if (!NamePattern().IsMatch(workgroup.Name))
        {
            throw new TarnException(
                ErrorKind.Invalid, $"workgroup name '{workgroup.Name}' is not 1 to 128 characters of [a-zA-Z0-9._-]");
        }

        (string Name, long? Value)[] limits =
        [
            ("scanned bytes", workgroup.ScannedBytesMax),
            ("daily scanned bytes", workgroup.DailyScannedBytesMax),
            ("result rows", workgroup.ResultRowsMax),
            ("memory", workgroup.MemoryBytesMax),
            ("run time", workgroup.RunSecondsMax),
            ("concurrency", workgroup.RunningMax),
        ];
        foreach (var (name, value) in limits)
        {
            if (value is < 0)
            {
                throw new TarnException(ErrorKind.Invalid, $"{name} limit {value} is negative");
            }
        }

        ObjectKey.Parse(workgroup.OutputLocation);
    }

    private async Task<(SortedDictionary<string, string> Tags, long Version)> ReadTagsAsync(
        string name, CancellationToken cancellation)
    {
        if (await FindAsync(name, cancellation).ConfigureAwait(false) is null)
        {
            throw Missing(name);
        }

        var resource = await metadata.FindAsync(TagsKind, name, cancellation).ConfigureAwait(false);
        var tags = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var stored = resource is null
            ? null
            : JsonSerializer.Deserialize(resource.Spec, WorkgroupJson.Default.SortedDictionaryStringString);
        foreach (var (key, value) in stored ?? [])
        {
            tags[key] = value;
        }

        return (tags, resource?.Version ?? 0);
    }

    private static TarnException Exists(string name) =>
        new(ErrorKind.AlreadyExists, $"workgroup '{name}' exists already");

    private static TarnException Missing(string name) =>
        new(ErrorKind.NotFound, $"workgroup '{name}' does not exist");

    private static string Write(Workgroup workgroup) =>
        JsonSerializer.Serialize(workgroup, WorkgroupJson.Default.Workgroup);

    private static string Write(SortedDictionary<string, string> tags) =>
        JsonSerializer.Serialize(tags, WorkgroupJson.Default.SortedDictionaryStringString);

    private static Workgroup Read(Resource resource) =>
        JsonSerializer.Deserialize(resource.Spec, WorkgroupJson.Default.Workgroup)
        ?? throw new TarnException(ErrorKind.Damaged, $"workgroup '{resource.Name}' has no spec");

    [GeneratedRegex(@"^[a-zA-Z0-9._-]{1,128}$")]
    private static partial Regex NamePattern();
}

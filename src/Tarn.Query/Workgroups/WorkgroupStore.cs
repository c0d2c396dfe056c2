using System.Text.Json;
using System.Text.RegularExpressions;
using Tarn.Primitives.Errors;
using Tarn.Storage.Metadata;
using Tarn.Storage.Objects;

namespace Tarn.Query.Workgroups;

/// <summary>Workgroups as resources of kind <c>workgroup</c>; layout in docs/formats/query-execution.md.</summary>
internal sealed partial class WorkgroupStore(IMetadataStore metadata) : IWorkgroups
{
    private const string Kind = "workgroup";
    private const string Primary = "primary";

    public async Task<Workgroup> PutAsync(Workgroup workgroup, CancellationToken cancellation)
    {
        if (!NamePattern().IsMatch(workgroup.Name))
        {
            throw new TarnException(
                ErrorKind.Invalid, $"workgroup name '{workgroup.Name}' is not 1 to 128 characters of [a-zA-Z0-9._-]");
        }

        if (workgroup.ScannedBytesMax is < 0)
        {
            throw new TarnException(ErrorKind.Invalid, $"scanned bytes limit {workgroup.ScannedBytesMax} is negative");
        }

        ObjectKey.Parse(workgroup.OutputLocation);
        var change = MetadataChange.Put(
            Kind, workgroup.Name, JsonSerializer.Serialize(workgroup, WorkgroupJson.Default.Workgroup));
        await metadata.ApplyAsync([change], cancellation).ConfigureAwait(false);
        return workgroup;
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

    public async Task DeleteAsync(string name, CancellationToken cancellation)
    {
        if (name == Primary)
        {
            throw new TarnException(ErrorKind.Invalid, "workgroup 'primary' always exists");
        }

        if (await metadata.FindAsync(Kind, name, cancellation).ConfigureAwait(false) is null)
        {
            throw new TarnException(ErrorKind.NotFound, $"workgroup '{name}' does not exist");
        }

        await metadata.ApplyAsync([MetadataChange.Delete(Kind, name)], cancellation).ConfigureAwait(false);
    }

    private static Workgroup Read(Resource resource) =>
        JsonSerializer.Deserialize(resource.Spec, WorkgroupJson.Default.Workgroup)
        ?? throw new TarnException(ErrorKind.Damaged, $"workgroup '{resource.Name}' has no spec");

    [GeneratedRegex(@"^[a-zA-Z0-9._-]{1,128}$")]
    private static partial Regex NamePattern();
}

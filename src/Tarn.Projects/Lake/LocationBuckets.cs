using System.Diagnostics.CodeAnalysis;
using Tarn.Primitives.Errors;
using Tarn.Storage.Objects;

namespace Tarn.Projects.Lake;

/// <summary>The buckets that a project's locations lie in, so that applying it makes those too.</summary>
internal static class LocationBuckets
{
    public static IEnumerable<string> Of(LakeProject project)
    {
        var locations = project.Tables.Select(table => table.Storage.Location)
            .Concat(project.Workgroups.Select(workgroup => workgroup.OutputLocation))
            .Concat(project.Jobs.Select(job => job.Location));
        foreach (var location in locations)
        {
            if (TryParse(location, out var bucket))
            {
                yield return bucket;
            }
        }

        foreach (var bucket in project.Deliveries.SelectMany(delivery => delivery.Buckets))
        {
            yield return bucket;
        }
    }

    public static bool TryParse(string? location, [NotNullWhen(true)] out string? bucket)
    {
        bucket = null;
        try
        {
            bucket = location is null ? null : ObjectKey.Parse(location).Bucket;
        }
        catch (TarnException error) when (error.Kind == ErrorKind.Invalid)
        {
            // the reader of the file reports it at its line
        }

        return bucket is not null;
    }
}

using Tarn.Catalog.Tables;
using Tarn.Primitives.Errors;
using Tarn.Storage.Objects;

namespace Tarn.Query.Workgroups;

/// <summary>
/// Keeps the results of a workgroup from the SQL of the others: a table whose objects lie below the output location of
/// another workgroup is not read, and nothing is written or declared there. An object belongs to the workgroups with
/// the longest location above it.
/// </summary>
internal sealed class ResultPlaces(IWorkgroups workgroups)
{
    /// <summary>Fails with Denied, naming table and workgroup.</summary>
    public async Task RequireAsync(
        string workgroup,
        IEnumerable<(TableName Table, IEnumerable<ObjectKey> Objects)> reads,
        CancellationToken cancellation)
    {
        var places = await PlacesAsync(cancellation).ConfigureAwait(false);
        foreach (var (table, objects) in reads)
        {
            if (objects.Select(key => OtherOwner(places, workgroup, key)).FirstOrDefault(owner => owner is not null)
                is { } other)
            {
                throw new TarnException(
                    ErrorKind.Denied,
                    $"table '{table}' reads results of workgroup '{other}'",
                    hint: $"run the query in workgroup '{other}'") { Code = "PERMISSION_DENIED" };
            }
        }
    }

    /// <summary>Fails with Denied when something of these is, or would lie, in the results of another.</summary>
    /// <param name="locations">Folders or objects; what is no place in the lake is left to others to refuse.</param>
    public async Task RequireOwnAsync(
        string workgroup, IEnumerable<string> locations, CancellationToken cancellation)
    {
        List<(string Name, ObjectKey Folder)>? places = null;
        foreach (var location in locations.Where(IsPlace))
        {
            places ??= await PlacesAsync(cancellation).ConfigureAwait(false);
            if (OtherOwner(places, workgroup, Folder(location)) is { } other)
            {
                throw new TarnException(
                    ErrorKind.Denied,
                    $"location '{location}' lies in the results of workgroup '{other}'",
                    hint: $"name another place, or use workgroup '{other}'") { Code = "PERMISSION_DENIED" };
            }
        }
    }

    /// <summary>Longest first, so that the first one above an object is its owner.</summary>
    private async Task<List<(string Name, ObjectKey Folder)>> PlacesAsync(CancellationToken cancellation) =>
        [.. (await workgroups.ListAsync(cancellation).ConfigureAwait(false))
            .Select(known => (known.Name, Folder: Folder(known.OutputLocation)))
            .OrderByDescending(place => place.Folder.Key.Length)];

    /// <summary>The other workgroup whose results the object is among, or null.</summary>
    private static string? OtherOwner(
        List<(string Name, ObjectKey Folder)> places, string workgroup, ObjectKey key)
    {
        var owner = places.FirstOrDefault(place => IsBelow(key, place.Folder));
        return places.Any(place => place.Name == workgroup && place.Folder == owner.Folder) ? null : owner.Name;
    }

    private static bool IsPlace(string location)
    {
        try
        {
            ObjectKey.Parse(location);
            return true;
        }
        catch (TarnException)
        {
            return false;
        }
    }

    private static bool IsBelow(ObjectKey key, ObjectKey folder) =>
        key.Bucket == folder.Bucket && key.Key.StartsWith(folder.Key, StringComparison.Ordinal);

    private static ObjectKey Folder(string location)
    {
        var folder = ObjectKey.Parse(location);
        return folder.Key.Length == 0 || folder.Key.EndsWith('/') ? folder : folder with { Key = folder.Key + "/" };
    }
}

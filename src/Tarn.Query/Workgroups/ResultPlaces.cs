using Tarn.Catalog.Tables;
using Tarn.Primitives.Errors;
using Tarn.Storage.Objects;

namespace Tarn.Query.Workgroups;

/// <summary>
/// Keeps the results of a workgroup from the SQL of the others: a table whose objects lie below the output location of
/// another workgroup is not read. An object belongs to the workgroups with the longest location above it.
/// </summary>
internal sealed class ResultPlaces(IWorkgroups workgroups)
{
    /// <summary>Fails with Denied, naming table and workgroup.</summary>
    public async Task RequireAsync(
        string workgroup,
        IEnumerable<(TableName Table, IEnumerable<ObjectKey> Objects)> reads,
        CancellationToken cancellation)
    {
        var places = (await workgroups.ListAsync(cancellation).ConfigureAwait(false))
            .Select(known => (known.Name, Folder: Folder(known.OutputLocation)))
            .OrderByDescending(place => place.Folder.Key.Length)
            .ToList();
        foreach (var (table, objects) in reads)
        {
            foreach (var key in objects)
            {
                var owner = places.FirstOrDefault(place => IsBelow(key, place.Folder));
                if (owner.Name is null || places.Any(place => place.Name == workgroup && place.Folder == owner.Folder))
                {
                    continue;
                }

                throw new TarnException(
                    ErrorKind.Denied,
                    $"table '{table}' reads results of workgroup '{owner.Name}'",
                    hint: $"run the query in workgroup '{owner.Name}'") { Code = "PERMISSION_DENIED" };
            }
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

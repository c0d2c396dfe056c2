using System.Collections.Concurrent;
using Tarn.Catalog.Tables;
using Tarn.Primitives.Errors;
using Tarn.Storage.Objects;

namespace Tarn.Console.Lake;

/// <summary>
/// Sizes of tables from the object index, no file is opened. Counted at most every ten seconds per table and up to
/// 10,000 files, so that a look at the lake stays cheap. Thread-safe.
/// </summary>
internal sealed class TableSizes(IObjectStore objects, TimeProvider time)
{
    private const int PagesMax = 10;
    private static readonly TimeSpan AgeMax = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<string, TableSize> sizes = new();

    /// <summary>Null for a table without files of its own.</summary>
    public async Task<TableSize?> MeasureAsync(Table table, CancellationToken cancellation)
    {
        var location = table.Storage.Location;
        if (location.Length == 0)
        {
            return null;
        }

        if (sizes.TryGetValue(location, out var known) && time.GetUtcNow() - known.At < AgeMax)
        {
            return known;
        }

        return sizes[location] = await CountAsync(location, cancellation);
    }

    private async Task<TableSize> CountAsync(string location, CancellationToken cancellation)
    {
        long bytes = 0;
        var files = 0;
        string? after = null;
        try
        {
            var place = ObjectKey.Parse(location);
            for (var i = 0; i < PagesMax; i++)
            {
                var listing = new ObjectListing { Prefix = Folder(place.Key), After = after };
                var page = await objects.ListAsync(place.Bucket, listing, cancellation);
                bytes += page.Objects.Sum(found => found.Size);
                files += page.Objects.Count;
                after = page.NextAfter;
                if (after is null)
                {
                    break;
                }
            }
        }
        catch (TarnException error) when (error.Kind is ErrorKind.NotFound or ErrorKind.Invalid)
        {
            // The bucket is not there yet, or the location is elsewhere: nothing of it lies here.
        }

        return new TableSize(bytes, files, after is not null, time.GetUtcNow());
    }

    private static string Folder(string key) => key.Length == 0 || key.EndsWith('/') ? key : key + "/";
}

using Tarn.Catalog.Partitions;
using Tarn.Catalog.Tables;
using Tarn.Primitives.Errors;
using Tarn.Query.Binding;
using Tarn.Query.Sources;
using Tarn.Storage.Objects;

namespace Tarn.Query.Compilation;

/// <summary>
/// Lists and opens the files of a scan; of a hybrid table those in the store and the rest of its stream.
/// </summary>
internal sealed class ScanFiles(TableFiles files, IObjectStore objects, IEnumerable<IHybridTables> hybrids)
{
    private const int ListingsMax = 5;

    /// <param name="given">Exactly these objects instead of all; null: all.</param>
    public async Task<List<OpenFile>> OpenAsync(
        BoundTable bound,
        PartitionFilter filter,
        IReadOnlyList<ObjectKey>? given,
        CancellationToken cancellation)
    {
        if (given is not null || !IsHybrid(bound.Table!))
        {
            return await OpenListedAsync(bound, filter, given, cancellation).ConfigureAwait(false);
        }

        var hybrid = hybrids.FirstOrDefault() ?? throw new TarnException(
            ErrorKind.Unsupported,
            $"table '{bound.Name}' has the property '{IHybridTables.Property}', and there is no delivery here")
        {
            Code = "NOT_SUPPORTED",
        };
        using var moment = await hybrid.HoldAsync(bound.Table!, cancellation).ConfigureAwait(false);
        var opened = await OpenListedAsync(bound, filter, null, cancellation).ConfigureAwait(false);
        try
        {
            var tail = await moment.ReadAsync(cancellation).ConfigureAwait(false);
            Release([.. opened.Where(file => tail.Uncommitted.Contains(file.File.Info.Key))]);
            opened.RemoveAll(file => tail.Uncommitted.Contains(file.File.Info.Key));
            opened.AddRange(tail.Files.Select(file => new OpenFile(
                file.File,
                new Partition(file.PartitionValues, file.File.Info.Key.ToString(), file.File.Info.LastModified))));
            return opened;
        }
        catch (Exception)
        {
            Release(opened);
            throw;
        }
    }

    public static void Release(List<OpenFile> opened)
    {
        foreach (var file in opened)
        {
            file.File.Dispose();
        }
    }

    private static bool IsHybrid(Table table) =>
        table.Parameters.GetValueOrDefault(IHybridTables.Property, "")
            .Equals("true", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// The table's objects as of one moment. One that is gone when it is opened may live on in another, so the table is
    /// listed again; what the second listing still names and cannot be opened was deleted by its owner meanwhile.
    /// </summary>
    private async Task<List<OpenFile>> OpenListedAsync(
        BoundTable bound,
        PartitionFilter filter,
        IReadOnlyList<ObjectKey>? given,
        CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var listed = await files.ListAsync(bound, filter, given, cancellation).ConfigureAwait(false);
            var opened = new List<OpenFile>();
            try
            {
                foreach (var file in listed)
                {
                    if (await objects.OpenLocalAsync(file.Object.Key, cancellation).ConfigureAwait(false) is { } local)
                    {
                        opened.Add(new OpenFile(local, file.Partition));
                    }
                }
            }
            catch (Exception)
            {
                Release(opened);
                throw;
            }

            if (opened.Count == listed.Count || given is not null || attempt == ListingsMax)
            {
                return opened;
            }

            Release(opened);
        }
    }
}

using Tarn.Catalog.Exclusions;
using Tarn.Catalog.Writers;
using Tarn.Formats.Compression;
using Tarn.Formats.SerDes;
using Tarn.Jobs.Compaction.Merging;
using Tarn.Jobs.Compaction.Plans;
using Tarn.Jobs.Inputs;
using Tarn.Storage.Objects;

namespace Tarn.Jobs.Compaction.Candidates;

/// <summary>
/// Looks at a folder for small objects that may become one. They must stand for long enough, lie in the folder itself
/// (what lies deeper may be another table's), be of one format, and be used by the same jobs. Left out is what counts
/// for no table, what is planned already, and what its writer may put again.
/// </summary>
internal sealed class CandidateFinder(
    IObjectStore store,
    IObjectExclusions exclusions,
    IEnumerable<IUnfinishedWrites> writers,
    PlanStore plans,
    InputUse use,
    ParquetShapes shapes,
    LeftAlone leftAlone,
    TimeProvider time)
{
    private const int ObjectsMax = 10_000;
    private static readonly TimeSpan WaitMin = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan WaitMax = TimeSpan.FromDays(1);

    public async Task<FolderLook> LookAsync(TableFolder folder, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (folder.PeriodEnd + folder.Settings.After is { } closes && closes > now)
        {
            return new FolderLook([], closes);
        }

        var there = await ListAsync(folder.Folder, cancellation).ConfigureAwait(false);
        var nextAt = NextAt(folder, there, now);
        var old = there
            .Where(info => info.LastModified + folder.Settings.After <= now
                && GroupRule.IsSmall(info.Size, folder.Settings.TargetBytes))
            .ToList();
        if (old.Count < 2)
        {
            return new FolderLook([], nextAt);
        }

        var free = await FreeAsync(old, cancellation).ConfigureAwait(false);
        var groups = new List<MergeGroup>();
        foreach (var kind in (await SortAsync(folder, free, cancellation).ConfigureAwait(false))
            .GroupBy(item => item.Kind))
        {
            var (format, codec, _, _) = kind.Key;
            groups.AddRange(GroupRule
                .Cut(kind.Select(item => item.Input), folder.Settings.TargetBytes, folder.PeriodEnd is not null)
                .Select(sources => new MergeGroup(format, codec, sources)));
        }

        return new FolderLook(groups, nextAt);
    }

    /// <summary>The older a folder's newest object is, the less is expected of it.</summary>
    private static DateTimeOffset NextAt(TableFolder folder, List<ObjectInfo> there, DateTimeOffset now)
    {
        var ripens = there.Select(info => info.LastModified + folder.Settings.After).Where(at => at > now).ToList();
        if (ripens.Count > 0)
        {
            return ripens.Min();
        }

        var newest = there.Count == 0 ? folder.PeriodEnd ?? now : there.Max(info => info.LastModified);
        var wait = (now - newest) / 10;
        return now + (wait < WaitMin ? WaitMin : wait > WaitMax ? WaitMax : wait);
    }

    private async Task<List<ObjectInfo>> ListAsync(ObjectKey folder, CancellationToken cancellation)
    {
        var found = new List<ObjectInfo>();
        if (await store.FindBucketAsync(folder.Bucket, cancellation).ConfigureAwait(false) is null)
        {
            return found;
        }

        string? after = null;
        do
        {
            var listing = new ObjectListing { Prefix = folder.Key, Delimiter = "/", After = after };
            var page = await store.ListAsync(folder.Bucket, listing, cancellation).ConfigureAwait(false);
            found.AddRange(page.Objects.Where(info =>
                info.Size > 0 && info.Key.Key.Length > folder.Key.Length
                && info.Key.Key[folder.Key.Length] is not ('_' or '.' or '/')));
            after = page.NextAfter;
        }
        while (after is not null && found.Count < ObjectsMax);
        return found;
    }

    /// <summary>Asked after the listing, so that what is not named as unfinished is never put again.</summary>
    private async Task<List<JobInput>> FreeAsync(List<ObjectInfo> listed, CancellationToken cancellation)
    {
        var taken = new HashSet<ObjectKey>();
        foreach (var writer in writers)
        {
            taken.UnionWith(await writer.ListAsync(cancellation).ConfigureAwait(false));
        }

        var jobs = await use.ListJobsAsync(cancellation).ConfigureAwait(false);
        taken.UnionWith(await use.UnderWayAsync(jobs, cancellation).ConfigureAwait(false));
        var excluded = await exclusions.ListAsync(cancellation).ConfigureAwait(false);
        var planned = await plans.ListAsync(cancellation).ConfigureAwait(false);
        taken.UnionWith(planned
            .Where(stored => stored.Plan.State != PlanState.Aborted)
            .SelectMany(stored => stored.Plan.Sources.Select(source => source.ObjectKey)));

        return
        [
            .. listed.Where(info => !taken.Contains(info.Key) && !excluded.Hides(info))
                .Select(JobInput.Of).Where(item => !leftAlone.Holds(item)),
        ];
    }

    /// <summary>Each with what it must have in common with those it is merged with.</summary>
    private async Task<List<(JobInput Input, (MergeFormat, string Codec, string Columns, string Jobs) Kind)>> SortAsync(
        TableFolder folder, List<JobInput> inputs, CancellationToken cancellation)
    {
        var jobs = await use.ListJobsAsync(cancellation).ConfigureAwait(false);
        var sorted = new List<(JobInput, (MergeFormat, string, string, string))>();
        foreach (var input in inputs)
        {
            var used = new List<string>();
            foreach (var job in jobs)
            {
                if (await use.FindRunAsync(job, input, cancellation).ConfigureAwait(false) is not null)
                {
                    used.Add(job);
                }
            }

            var users = string.Join('/', used);
            if (folder.Table.Storage.SerDe != SerDeNames.Parquet)
            {
                AddText(folder, input, users, sorted);
            }
            else if (await shapes.FindAsync(input, cancellation).ConfigureAwait(false) is { } shape)
            {
                if (shape.Unfit is not null)
                {
                    leftAlone.Add(folder.Table.Name, input);
                    continue;
                }

                sorted.Add((input, (MergeFormat.Parquet, shape.Codec, shape.Columns, users)));
            }
        }

        return sorted;
    }

    private void AddText(
        TableFolder folder,
        JobInput input,
        string users,
        List<(JobInput, (MergeFormat, string, string, string))> sorted)
    {
        var format = CompressionCodec.FromName(input.Key);
        if (format is CompressionFormat.None or CompressionFormat.Gzip or CompressionFormat.Bzip2
            or CompressionFormat.Zstd)
        {
            sorted.Add((input, (MergeFormat.Json, CompressionCodec.Name(format), "", users)));
        }
        else
        {
            leftAlone.Add(folder.Table.Name, input);
        }
    }
}

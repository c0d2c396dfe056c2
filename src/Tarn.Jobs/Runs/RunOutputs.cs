using System.Globalization;
using System.Runtime.CompilerServices;
using Tarn.Jobs.Specs;
using Tarn.Jobs.Targets;
using Tarn.Primitives.Identity;
using Tarn.Storage.Objects;

namespace Tarn.Jobs.Runs;

/// <summary>A run's objects: staged, put, and removed when they are not wanted. Thread-safe.</summary>
internal sealed class RunOutputs(IObjectStore store, RunStore runs, IdSource ids)
{
    /// <summary>A place for files that become objects; dispose it after they have.</summary>
    public ParquetStage OpenStage() => new(Path.Combine(store.StagingDirectory, $"job-{ids.Next():N}"));

    /// <summary>Step 4. Names are stored before the first object is put, so that none is ever forgotten.</summary>
    public async Task<StoredRun> PutAsync(
        StoredRun stored, IReadOnlyList<PlannedOutput> outputs, CancellationToken stop)
    {
        var names = outputs.Select(output => output.Object.ToString()).ToList();
        var earlier = stored.Resource.Outputs.Except(names, StringComparer.Ordinal).ToList();
        stored = await runs.SaveAsync(stored, stored.Resource with { Outputs = [.. names, .. earlier] }, [], stop)
            .ConfigureAwait(false);
        foreach (var bucket in outputs.Select(output => output.Object.Bucket).Distinct())
        {
            await MakeBucketAsync(bucket, stop).ConfigureAwait(false);
        }

        var attributes = new ObjectAttributes { ContentType = "application/vnd.apache.parquet" };
        foreach (var output in outputs)
        {
            await store.PutFileAsync(output.Object, output.File.Path, attributes, stop).ConfigureAwait(false);
        }

        await RemoveAsync(earlier, stop).ConfigureAwait(false);
        return stored;
    }

    private async Task MakeBucketAsync(string bucket, CancellationToken stop)
    {
        if (await store.FindBucketAsync(bucket, stop).ConfigureAwait(false) is null)
        {
            await store.CreateBucketAsync(bucket, stop).ConfigureAwait(false);
        }
    }

    public async Task RemoveAsync(IReadOnlyList<string> uris, CancellationToken stop)
    {
        foreach (var uri in uris)
        {
            await store.DeleteAsync(ObjectKey.Parse(uri), stop).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Removes folders of earlier runs than the live one, but for the one before it: queries that were planned
    /// before the switch read it still.
    /// </summary>
    public async Task RemoveOldFoldersAsync(JobSpec spec, JobBookmark bookmark, CancellationToken stop)
    {
        var root = JobRules.RootOf(spec);
        var prefix = $"{root.Key}{spec.Name}-";
        var folders = new List<string>();
        await foreach (var page in PagesAsync(root.Bucket, prefix, "/", stop).ConfigureAwait(false))
        {
            folders.AddRange(page.CommonPrefixes.Where(folder =>
                long.TryParse(folder[prefix.Length..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var run)
                && run < bookmark.LiveRun
                && run != bookmark.PreviousRun));
        }

        foreach (var folder in folders)
        {
            await foreach (var page in PagesAsync(root.Bucket, folder, null, stop).ConfigureAwait(false))
            {
                foreach (var info in page.Objects)
                {
                    await store.DeleteAsync(info.Key, stop).ConfigureAwait(false);
                }
            }
        }
    }

    private async IAsyncEnumerable<ObjectPage> PagesAsync(
        string bucket, string prefix, string? delimiter, [EnumeratorCancellation] CancellationToken stop)
    {
        string? after = null;
        do
        {
            var listing = new ObjectListing { Prefix = prefix, Delimiter = delimiter, After = after };
            var page = await store.ListAsync(bucket, listing, stop).ConfigureAwait(false);
            yield return page;
            after = page.NextAfter;
        }
        while (after is not null);
    }
}

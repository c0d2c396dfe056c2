using Tarn.Jobs.Runs;
using Tarn.Jobs.Specs;
using Tarn.Storage.Metadata;
using Tarn.Storage.Objects;

namespace Tarn.Jobs.Inputs;

/// <summary>The ledger seen from the objects: which jobs have used them, or are about to. Thread-safe.</summary>
internal sealed class InputUse(IMetadataStore metadata, RunStore runs)
{
    private const int PageSize = 1000;

    /// <summary>Names of all jobs, in order.</summary>
    public async Task<IReadOnlyList<string>> ListJobsAsync(CancellationToken cancellation)
    {
        var names = new List<string>();
        while (true)
        {
            var page = await metadata
                .ListAsync(JobResource.Kind, "", names.Count == 0 ? null : names[^1], PageSize, cancellation)
                .ConfigureAwait(false);
            names.AddRange(page.Select(resource => resource.Name));
            if (page.Count < PageSize)
            {
                return names;
            }
        }
    }

    /// <summary>
    /// What runs have taken that are not over: objects that they read, and objects of theirs that may stand without
    /// counting or be put again.
    /// </summary>
    public async Task<IReadOnlySet<ObjectKey>> UnderWayAsync(
        IReadOnlyList<string> jobs, CancellationToken cancellation)
    {
        var taken = new HashSet<ObjectKey>();
        foreach (var job in jobs)
        {
            if (await runs.FindLastAsync(job, cancellation).ConfigureAwait(false) is { } last)
            {
                taken.UnionWith(last.Resource.Inputs.Select(input => input.ObjectKey));
                taken.UnionWith(last.Resource.Outputs.Select(ObjectKey.Parse));
            }
        }

        return taken;
    }

    /// <summary>The run of this job that used the object in this version, or null.</summary>
    public async Task<long?> FindRunAsync(string job, JobInput input, CancellationToken cancellation)
    {
        var found = await metadata
            .FindAsync(InputLedger.Kind, InputLedger.NameOf(job, input.ObjectKey), cancellation).ConfigureAwait(false);
        return found is not null && InputLedger.Read(found) is { } used && used.Etag == input.Etag ? used.Run : null;
    }
}

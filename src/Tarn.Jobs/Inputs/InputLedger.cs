using System.Text.Json;
using Tarn.Primitives.Errors;
using Tarn.Storage.Metadata;
using Tarn.Storage.Objects;

namespace Tarn.Jobs.Inputs;

/// <summary>
/// Which objects each job has used. An object that was put again with the same bytes is the same input; with other
/// bytes it is a new one. Memory is bound by the candidates, not by what was ever used. Thread-safe.
/// </summary>
internal sealed class InputLedger(IMetadataStore metadata)
{
    public const string Kind = "job-input";

    private const int PageSize = 1000;

    /// <summary>Those of <paramref name="candidates"/> that the job has not used, in order of their names.</summary>
    public async Task<IReadOnlyList<JobInput>> FindNewAsync(
        string job, IReadOnlyList<ObjectInfo> candidates, CancellationToken cancellation)
    {
        var open = new Dictionary<string, JobInput>(StringComparer.Ordinal);
        foreach (var candidate in candidates)
        {
            open[NameOf(job, candidate.Key)] = JobInput.Of(candidate);
        }

        string? after = null;
        while (open.Count > 0)
        {
            var page = await metadata.ListAsync(Kind, job + "/", after, PageSize, cancellation).ConfigureAwait(false);
            foreach (var resource in page)
            {
                if (open.TryGetValue(resource.Name, out var candidate) && Read(resource).Etag == candidate.Etag)
                {
                    open.Remove(resource.Name);
                }
            }

            if (page.Count < PageSize)
            {
                break;
            }

            after = page[^1].Name;
        }

        return [.. open.OrderBy(item => item.Key, StringComparer.Ordinal).Select(item => item.Value)];
    }

    /// <summary>The changes that mark these as used.</summary>
    public static IEnumerable<MetadataChange> PlanUse(string job, long run, IReadOnlyList<JobInput> inputs) =>
        inputs.Select(input => MetadataChange.Put(
            Kind,
            NameOf(job, input.ObjectKey),
            JsonSerializer.Serialize(new UsedInput(run, input.Etag), JobsJson.Default.UsedInput)));

    /// <summary>The change that forgets the use of an object that is gone.</summary>
    public static MetadataChange PlanForget(string job, JobInput input) =>
        MetadataChange.Delete(Kind, NameOf(job, input.ObjectKey));

    public static string NameOf(string job, ObjectKey key) => $"{job}/{key.Bucket}/{key.Key}";

    public static UsedInput Read(Resource resource) =>
        JsonSerializer.Deserialize(resource.Spec, JobsJson.Default.UsedInput)
        ?? throw new TarnException(ErrorKind.Damaged, $"job input '{resource.Name}' is empty");
}

using System.Text.Json;
using System.Text.Json.Serialization;
using Tarn.Primitives.Errors;
using Tarn.Storage.Metadata;

namespace Tarn.ContinuousQueries.Sinks;

/// <summary>
/// The spec of a resource of kind <c>sink-commit</c>, named by the sink's id: which epoch went into its table last.
/// <code>
/// {"v":1, "epoch":12, "isDone":true, "objects":["s3://lake/t/s-0193…-00000012-0.parquet"],
///  "folders":["s3://lake/t/"], "changed":"2026-11-24T04:00:00+00:00"}
/// </code>
/// The n-th folder's objects are hidden by the exclusion <c>sink-ID-n</c> until the epoch is done.
/// </summary>
internal sealed record TableCommit
{
    public const string Kind = "sink-commit";

    [JsonPropertyName("v")]
    public int Layout { get; init; } = 1;

    public required long Epoch { get; init; }

    /// <summary>The objects count; else they may stand, all or some, and nobody sees them.</summary>
    public required bool IsDone { get; init; }

    public required IReadOnlyList<string> Objects { get; init; }

    /// <summary>Of as many exclusions as the sink has ever used at once.</summary>
    public required IReadOnlyList<string> Folders { get; init; }

    public required DateTimeOffset Changed { get; init; }

    public static string ExclusionOf(string sinkId, int folder) => $"sink-{sinkId}-{folder}";

    public string Write() => JsonSerializer.Serialize(this, TableCommitJson.Default.TableCommit);

    public static TableCommit Read(Resource resource) =>
        JsonSerializer.Deserialize(resource.Spec, TableCommitJson.Default.TableCommit) is { Layout: 1 } commit
            ? commit
            : throw new TarnException(
                ErrorKind.Damaged, $"what sink '{resource.Name}' wrote is stored in a layout that is not known");
}

namespace Tarn.Jobs.Specs;

/// <summary>A job as it is stored.</summary>
/// <remarks>
/// Layout: resource kind <c>job</c>, name of the job, spec <c>{"spec":{"name":"…","sql":"…","target":"curated.scores",
/// "location":null,"partitionedBy":["year"],"bookmark":"raw.scores","schedule":"*/5 * * * *"},"createdAt":"…",
/// "scheduledFrom":"…"}</c>.
/// </remarks>
internal sealed record JobResource
{
    public const string Kind = "job";

    public required JobSpec Spec { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the schedule was set; occurrences before it were not missed.</summary>
    public required DateTimeOffset ScheduledFrom { get; init; }
}

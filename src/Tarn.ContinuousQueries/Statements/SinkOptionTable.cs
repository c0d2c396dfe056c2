using Tarn.ContinuousQueries.Definitions;
using Tarn.ContinuousQueries.Sinks;
using Tarn.Primitives.Errors;

namespace Tarn.ContinuousQueries.Statements;

/// <summary>WITH (...) of a sink.</summary>
internal static class SinkOptionTable
{
    public static OptionTable<SinkOptions> Instance { get; } = new("sink", new Dictionary<string,
        Func<SinkOptions, OptionValue, SinkOptions>>
    {
        ["commit_interval"] = (options, value) => options with { CommitMilliseconds = value.Milliseconds(1) },
        ["partition_key"] = (options, value) => options with { PartitionKey = value.Text },
        ["batch_rows"] = (options, value) => options with { BatchRows = (int?)value.Whole(1, WebhookSink.RowsMax) },
        ["location"] = (options, value) => options with { Location = value.Text },
    });

    /// <summary>Refuses options that would do nothing with this target.</summary>
    public static void Check(SinkTargetSpec target, IReadOnlyList<OptionValue> given)
    {
        foreach (var option in given)
        {
            var need = option.Name switch
            {
                "partition_key" => SinkTargetKind.Stream,
                "location" => SinkTargetKind.Table,
                "batch_rows" => SinkTargetKind.Webhook,
                _ => target.Kind,
            };
            if (need != target.Kind)
            {
                throw new TarnException(
                    ErrorKind.Invalid,
                    $"{option.Place}: option {option.Name} needs INTO {need.ToString().ToUpperInvariant()}")
                {
                    Code = "INVALID_OPTION",
                };
            }
        }
    }
}

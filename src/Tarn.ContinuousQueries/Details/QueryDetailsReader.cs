using System.Globalization;
using Tarn.ContinuousQueries.Definitions;
using Tarn.ContinuousQueries.Runtime;
using Tarn.ContinuousQueries.Statements;

namespace Tarn.ContinuousQueries.Details;

/// <summary>Reads what the engine's sources and running views say of themselves.</summary>
internal sealed class QueryDetailsReader(ContinuousQueryEngine engine) : IQueryDetails
{
    public IReadOnlyList<SourceStatus> Sources()
    {
        var readers = engine.Runners
            .SelectMany(view => view.Spec.Inputs().Select(input => (input.Source, view.Spec.Name)))
            .ToLookup(pair => pair.Source, pair => pair.Name);
        return
        [
            .. engine.SourceSpecs.Values.Select(source => new SourceStatus(
                source.Name,
                source.Stream,
                source.Format.ToString().ToUpperInvariant(),
                Watermark(source),
                [.. source.Columns.Select(column => new SourceColumnStatus(column.Name, column.Type))],
                DefinitionText.Print(source),
                [.. readers[source.Name].Distinct()])),
        ];
    }

    public QueryDetails? Find(string view, int rowsMax) => engine.FindRunner(view) is not { } runner ? null : new(
        [.. runner.Spec.Inputs().Select(input => new QueryInput(
            input.Source, engine.SourceSpecs.GetValueOrDefault(input.Source)?.Stream))],
        runner.BatchSeconds,
        [.. runner.LateRecords.Reverse().Take(rowsMax).Select(Row)],
        [.. runner.BadRecords.Reverse().Take(rowsMax).Select(record => new ErrorRow(
            record.ShardId, Number(record.SequenceNumber), record.ArrivalTime, record.Reason))]);

    private static LateRow Row(LateRecord record) => new(
        record.Source, record.ShardId, Number(record.SequenceNumber), record.ArrivalTime, Time(record.EventTime),
        Time(record.Watermark), record.Record);

    private static string? Watermark(SourceSpec source) => source.Watermark is not { } watermark ? null
        : watermark.DelayMicroseconds == 0 ? watermark.Column
        : $"{watermark.Column} - {IntervalText.Print(watermark.DelayMicroseconds)}";

    private static string Number(ulong number) => number.ToString(CultureInfo.InvariantCulture);

    private static DateTimeOffset Time(long microseconds) =>
        DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);
}

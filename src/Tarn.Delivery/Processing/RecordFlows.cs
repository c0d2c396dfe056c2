using Tarn.Delivery.Endpoints;
using Tarn.Delivery.Processing.Steps;
using Tarn.Primitives.Errors;

namespace Tarn.Delivery.Processing;

/// <summary>
/// Makes flows of declared steps.
/// <code>
/// source stream -> 1 aggregates of the KPL opened   -> 2 decompressed -> 3 log messages taken out
///               -> 4 several records made of one    -> 5 function     -> 6 partition keys found -> 7 delimiter
/// </code>
/// That is Firehose's order. Up to 3, and up to 6 without 4, a record stays one record; what fails after 2 is reported
/// with the bytes that came from the source, as Firehose does.
/// </summary>
internal static class RecordFlows
{
    /// <summary>
    /// The flow of <paramref name="steps"/>, in whatever order they stand; null when there is nothing to do. Throws as
    /// <see cref="Check"/> does.
    /// </summary>
    public static IRecordFlow? Build(IReadOnlyList<RecordStep> steps, FlowContext context)
    {
        Check(steps, context.Functions);
        var packed = new List<IRecordFlow>();
        if (steps.OfType<DecompressStep>().Any())
        {
            packed.Add(new Decompression());
        }

        if (steps.OfType<CloudWatchLogsStep>().Any())
        {
            packed.Add(new LogMessages());
        }

        var others = new List<IRecordFlow>();
        if (steps.OfType<DeaggregateStep>().SingleOrDefault() is { } deaggregate)
        {
            others.Add(deaggregate.Form == SubRecordForm.Json
                ? new JsonDeaggregation()
                : new DelimitedDeaggregation(DelimiterText.OfBase64(deaggregate.Delimiter!)));
        }

        if (steps.OfType<LambdaStep>().SingleOrDefault() is { } lambda)
        {
            others.Add(new FunctionFlow(lambda, context));
        }

        if (steps.OfType<MetadataStep>().SingleOrDefault() is { } metadata)
        {
            others.Add(context.Metadata(metadata));
        }

        return Chain([
            .. context.IsFromStream ? [new AggregateOpening()] : Array.Empty<IRecordFlow>(),
            .. Restored(packed, others),
            .. steps.OfType<DelimiterStep>().Select(step => new DelimiterAppending(DelimiterText.Of(step.Delimiter))),
        ]);
    }

    /// <summary>
    /// Throws Invalid for a step that stands twice or whose setting cannot be used, and Unsupported for a function that
    /// cannot be called.
    /// </summary>
    public static void Check(IReadOnlyList<RecordStep> steps, IRecordFunctions functions)
    {
        foreach (var kind in steps.GroupBy(step => step.GetType()).Where(kind => kind.Count() > 1))
        {
            throw new TarnException(
                ErrorKind.Invalid,
                $"step {StepChecks.Name(kind.First())} stands {kind.Count()} times, once is allowed");
        }

        foreach (var step in steps)
        {
            StepChecks.Check(step, functions);
        }

        if (steps.OfType<CloudWatchLogsStep>().Any() && !steps.OfType<DecompressStep>().Any())
        {
            throw new TarnException(
                ErrorKind.Invalid,
                "step cloudWatchLogs stands without step decompress",
                "log events come compressed");
        }
    }

    private static List<IRecordFlow> Restored(List<IRecordFlow> packed, List<IRecordFlow> others)
    {
        if (packed.Count == 0)
        {
            return others;
        }

        return others is [JsonDeaggregation or DelimitedDeaggregation, ..]
            ? [new SourceRestoring(Chain(packed)!), .. others]
            : [new SourceRestoring(Chain([.. packed, .. others])!)];
    }

    private static IRecordFlow? Chain(IReadOnlyList<IRecordFlow> flows) => flows switch
    {
        [] => null,
        [var only] => only,
        _ => new FlowChain(flows),
    };
}

using Tarn.Delivery.Endpoints;
using Tarn.Primitives.Errors;

namespace Tarn.Delivery.Processing.Steps;

/// <summary>What the settings of each step must fulfil. Every failure names the step and the setting.</summary>
internal static class StepChecks
{
    private const long BufferBytesLow = (1L << 20) / 5;
    private const long BufferBytesHigh = 3L << 20;

    /// <summary>The step's name in messages: that of its stored form.</summary>
    public static string Name(RecordStep step) => step switch
    {
        DecompressStep => "decompress",
        CloudWatchLogsStep => "cloudWatchLogs",
        LambdaStep => "lambda",
        DeaggregateStep => "deaggregate",
        MetadataStep => "metadata",
        DelimiterStep => "delimiter",
        _ => throw new ArgumentOutOfRangeException(nameof(step), step, message: null),
    };

    public static void Check(RecordStep step, IRecordFunctions functions)
    {
        switch (step)
        {
            case LambdaStep lambda:
                CheckLambda(lambda, functions);
                break;
            case DeaggregateStep deaggregate:
                CheckDeaggregate(deaggregate);
                break;
            case DelimiterStep { Delimiter: var text } when DelimiterText.TryOf(text) is null:
                throw Invalid(
                    $"delimiter '{text}' of step delimiter is empty or holds an unknown escape",
                    hint: @"\n, \r, \t and \\ are known");
        }
    }

    private static void CheckLambda(LambdaStep step, IRecordFunctions functions)
    {
        if (step.BufferBytesMax is < BufferBytesLow or > BufferBytesHigh)
        {
            throw Invalid($"buffer of {step.BufferBytesMax} bytes of step lambda is not within"
                + $" {BufferBytesLow} (0.2 MiB) to {BufferBytesHigh} (3 MiB)");
        }

        if (step.BufferSeconds is < 0 or > 900)
        {
            throw Invalid($"buffer of {step.BufferSeconds} seconds of step lambda is not within 0 to 900");
        }

        if (step.Retries is < 0 or > 300)
        {
            throw Invalid($"{step.Retries} retries of step lambda are not within 0 to 300");
        }

        if (!functions.Knows(step.FunctionArn))
        {
            throw new TarnException(
                ErrorKind.Unsupported,
                $"function '{step.FunctionArn}' of step lambda is not mapped to an endpoint",
                "functions are called over HTTP, at the address that the configuration gives for their ARN",
                "add it below 'functions' in tarn.yaml");
        }
    }

    private static void CheckDeaggregate(DeaggregateStep step)
    {
        if (step.Form == SubRecordForm.Json && step.Delimiter is not null)
        {
            throw Invalid("step deaggregate has a delimiter, which JSON records have none of");
        }

        if (step.Form == SubRecordForm.Delimited && step.Delimiter is null)
        {
            throw Invalid("step deaggregate has no delimiter");
        }

        if (step.Delimiter is { } text && DelimiterText.TryOfBase64(text) is null)
        {
            throw Invalid($"delimiter '{text}' of step deaggregate is not base64", hint: "'\\n' is Cg==");
        }

        if (!Enum.IsDefined(step.Form))
        {
            throw Invalid($"form {(int)step.Form} of step deaggregate is not known");
        }
    }

    private static TarnException Invalid(string message, string? hint = null) =>
        new(ErrorKind.Invalid, message, detail: null, hint);
}

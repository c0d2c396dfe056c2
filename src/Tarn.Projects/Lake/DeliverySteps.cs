using System.Text;
using Tarn.Delivery;
using Tarn.Projects.Yaml;

namespace Tarn.Projects.Lake;

/// <summary>Reads <c>steps</c> of a delivery stream: a list of maps, each with what it does as <c>do</c>.</summary>
internal static class DeliverySteps
{
    private static readonly string[] Kinds = ["decompress", "cloudwatch_logs", "deaggregate", "lambda", "delimiter"];
    private static readonly string[] Forms = ["json", "delimited"];

    public static IEnumerable<RecordStep> Read(YamlMap map)
    {
        foreach (var step in map.List("steps"))
        {
            step.RequiredText("do");
            if (Read(step, step.Choice("do", Kinds)) is { } read)
            {
                yield return read;
            }

            step.End();
        }
    }

    private static RecordStep? Read(YamlMap step, string? kind) => kind switch
    {
        "decompress" => new DecompressStep(),
        "cloudwatch_logs" => new CloudWatchLogsStep(),
        "deaggregate" => Deaggregate(step),
        "lambda" => new LambdaStep
        {
            FunctionArn = step.RequiredText("function"),
            BufferBytesMax = (step.Number("buffer_kib", 205, 3072) ?? 1024) << 10,
            Retries = (int)(step.Number("retries", 0, 300) ?? 3),
        },
        "delimiter" => step.Text("text") is { } text ? new DelimiterStep { Delimiter = text } : new DelimiterStep(),
        _ => null,
    };

    private static DeaggregateStep Deaggregate(YamlMap step)
    {
        var isDelimited = step.Choice("form", Forms) == "delimited";
        if (!isDelimited)
        {
            return new DeaggregateStep { Form = SubRecordForm.Json };
        }

        // A line feed alone is a delimiter, but would not pass for a text that is required.
        var delimiter = step.Text("delimiter") ?? "";
        if (delimiter.Length == 0)
        {
            step.Error("delimiter", "must be given and not be empty");
        }

        return new DeaggregateStep
        {
            Form = SubRecordForm.Delimited,
            Delimiter = Convert.ToBase64String(Encoding.UTF8.GetBytes(delimiter)),
        };
    }
}

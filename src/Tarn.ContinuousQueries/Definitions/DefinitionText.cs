using System.Globalization;
using System.Text;
using Tarn.ContinuousQueries.Planning;
using Tarn.ContinuousQueries.Statements;

namespace Tarn.ContinuousQueries.Definitions;

/// <summary>Definitions as the statements that make them.</summary>
internal static class DefinitionText
{
    public static string Print(SourceSpec source)
    {
        var lines = source.Columns.Select(column => $"  {Name(column.Name)} {column.Type}").ToList();
        if (source.Watermark is { } watermark)
        {
            var delay = watermark.DelayMicroseconds == 0
                ? ""
                : $" - INTERVAL '{IntervalText.Print(watermark.DelayMicroseconds)}'";
            lines.Add($"  WATERMARK FOR {Name(watermark.Column)} AS {Name(watermark.Column)}{delay}");
        }

        var text = new StringBuilder($"CREATE SOURCE {Name(source.Name)} (\n");
        text.AppendJoin(",\n", lines).Append(CultureInfo.InvariantCulture,
            $"\n) FROM STREAM {SqlText.Literal(source.Stream)} FORMAT {source.Format.ToString().ToUpperInvariant()}");
        return Append(text, Options(source)).ToString();
    }

    public static string Print(ViewSpec view)
    {
        var text = new StringBuilder($"CREATE MATERIALIZED VIEW {Name(view.Database)}.{Name(view.Name)}");
        Append(text, Options(view.Options)).Append(" AS\n").Append(view.Select);
        return text.Append(view.EmitsOnClose ? "\nEMIT ON WINDOW CLOSE" : "").ToString();
    }

    public static string Print(SinkSpec sink)
    {
        var target = sink.Target.Kind switch
        {
            SinkTargetKind.Stream => $"STREAM {SqlText.Literal(sink.Target.Name)} FORMAT JSON",
            SinkTargetKind.Table => $"TABLE {string.Join('.', sink.Target.Name.Split('.').Select(Name))}",
            SinkTargetKind.Webhook => $"WEBHOOK {SqlText.Literal(sink.Target.Name)}",
            var other => throw new InvalidOperationException($"{other} is no target"),
        };
        var text = new StringBuilder($"CREATE SINK {Name(sink.Name)}\n");
        text.Append(CultureInfo.InvariantCulture,
            $"  FROM {Name(sink.Query.Database)}.{Name(sink.View)}\n  INTO {target}");
        return Append(text, Options(sink.Options)).ToString();
    }

    /// <summary>Options that are not as they would be without WITH.</summary>
    public static IReadOnlyList<(string Name, string Value)> Options(SinkOptions options)
    {
        var set = new List<(string, string)>();
        if (options.CommitMilliseconds is { } interval)
        {
            set.Add(("commit_interval", Duration(interval)));
        }

        if (options.BatchRows is { } rows)
        {
            set.Add(("batch_rows", rows.ToString(CultureInfo.InvariantCulture)));
        }

        if (options.PartitionKey is { } key)
        {
            set.Add(("partition_key", key));
        }

        if (options.Location is { } location)
        {
            set.Add(("location", location));
        }

        return set;
    }

    /// <summary>Options that are not as they would be without WITH.</summary>
    public static IReadOnlyList<(string Name, string Value)> Options(SourceSpec source)
    {
        var (options, usual) = (source.Options, new SourceOptions());
        var set = new List<(string, string)>();
        if (options.IdleTimeoutMilliseconds is { } idle)
        {
            set.Add(("idle_timeout", Duration(idle)));
        }

        if (options.FutureSkewMilliseconds != usual.FutureSkewMilliseconds)
        {
            set.Add(("future_skew", Duration(options.FutureSkewMilliseconds)));
        }

        if (options.Late != usual.Late)
        {
            set.Add(("late", "drop"));
        }

        if (options.AllowedLatenessMilliseconds != usual.AllowedLatenessMilliseconds)
        {
            set.Add(("allowed_lateness", Duration(options.AllowedLatenessMilliseconds)));
        }

        if (options.Delimiter != usual.Delimiter)
        {
            set.Add(("delimiter", options.Delimiter == '\t' ? "\\t" : options.Delimiter.ToString()));
        }

        if (options.AvroSchema is { } schema)
        {
            set.Add(("schema", schema));
        }

        return set;
    }

    /// <summary>Options that are not as they would be without WITH.</summary>
    public static IReadOnlyList<(string Name, string Value)> Options(ViewOptions options)
    {
        var set = new List<(string, string)>();
        if (options.TtlMilliseconds is { } ttl)
        {
            set.Add(("ttl", Duration(ttl)));
        }

        if (options.TriggerMilliseconds is { } interval)
        {
            set.Add(("trigger_interval", Duration(interval)));
        }

        if (options.TriggerRecords is { } records)
        {
            set.Add(("trigger_records", records.ToString(CultureInfo.InvariantCulture)));
        }

        if (options.StateRowsMax is { } rows)
        {
            set.Add(("state_rows_max", rows.ToString(CultureInfo.InvariantCulture)));
        }

        if (options.LookupRefreshMilliseconds is { } refresh)
        {
            set.Add(("lookup_refresh", Duration(refresh)));
        }

        if (options.LookupRowsMax is { } lookupRows)
        {
            set.Add(("lookup_rows_max", lookupRows.ToString(CultureInfo.InvariantCulture)));
        }

        if (options.ListValuesMax is { } values)
        {
            set.Add(("list_values_max", values.ToString(CultureInfo.InvariantCulture)));
        }

        if (options.Backfill != BackfillFrom.Stream)
        {
            set.Add(("backfill", "lake"));
        }

        return set;
    }

    private static StringBuilder Append(StringBuilder text, IReadOnlyList<(string Name, string Value)> options) =>
        options.Count == 0
            ? text
            : text.Append(" WITH (")
                .AppendJoin(", ", options.Select(option => $"{option.Name} = {SqlText.Literal(option.Value)}"))
                .Append(')');

    private static string Duration(long milliseconds) => IntervalText.Print(milliseconds * 1_000);

    /// <summary>Quoted only where it must be.</summary>
    public static string Name(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
            ? name
            : SqlText.Name(name);
}

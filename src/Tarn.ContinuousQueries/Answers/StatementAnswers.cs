using System.Collections.Immutable;
using System.Globalization;
using Tarn.ContinuousQueries.Definitions;
using Tarn.ContinuousQueries.Planning;
using Tarn.ContinuousQueries.Runtime;
using Tarn.ContinuousQueries.Statements;
using Tarn.Primitives.Errors;
using Tarn.Query.Statements;

namespace Tarn.ContinuousQueries.Answers;

/// <summary>What SHOW, DESCRIBE and EXPLAIN say of the sources and views of one moment.</summary>
/// <param name="plan">Plans a SELECT, of the view that it belongs to, or null.</param>
internal sealed class StatementAnswers(
    ImmutableSortedDictionary<string, SourceSpec> sources,
    ImmutableSortedDictionary<string, ViewRunner> views,
    Func<ViewRunner, ViewStatus> statusOf,
    Func<ViewText, ViewSpec?, CancellationToken, Task<ViewPlan>> plan,
    ContinuousQueriesOptions server)
{
    public async Task<StatementRows> ReadAsync(Statement statement, CancellationToken cancellation) => statement switch
    {
        Statement.ShowSources => new(
            ["source", "stream", "format", "columns", "watermark"],
            [.. sources.Values.Select(source => (IReadOnlyList<string?>)
                [source.Name, source.Stream, Format(source), Number(source.Columns.Count), Watermark(source)])]),
        Statement.ShowViews => new(
            ["database", "view", "source", "state", "groups", "records", "error"],
            [.. views.Values.Select(Shown)]),
        Statement.ShowCreateSource show => Lines("create_statement", DefinitionText.Print(Source(show.Name))),
        Statement.ShowCreateView show =>
            Lines("create_statement", DefinitionText.Print(View(show.Name, show.Database).Spec)),
        Statement.DescribeSource describe => Describe(Source(describe.Name)),
        Statement.DescribeView describe => Describe(View(describe.Name, describe.Database).Spec),
        Statement.ExplainCreate explain => await ExplainAsync(
            explain.Create.Name,
            new ViewText(explain.Create.Select, explain.Create.EmitsOnClose, explain.Create.Options),
            view: null,
            cancellation).ConfigureAwait(false),
        Statement.ExplainView explain => await ExplainAsync(View(explain.Name, explain.Database).Spec, cancellation)
            .ConfigureAwait(false),
        _ => throw new InvalidOperationException($"{statement} has no rows"),
    };

    private static StatementRows Describe(SourceSpec source) => new(
        ["kind", "name", "value", "is_key"],
        [
            .. source.Columns.Select(column => Line("column", column.Name, column.Type)),
            Line("stream", "stream", source.Stream),
            Line("format", "format", Format(source)),
            .. source.Watermark is null ? [] : new[] { Line("watermark", source.Watermark.Column, Watermark(source)) },
            .. DefinitionText.Options(source).Select(option => Line("option", option.Name, option.Value)),
        ]);

    private StatementRows Describe(ViewSpec view)
    {
        var read = view.Inputs().Select(input => sources.GetValueOrDefault(input.Source)).OfType<SourceSpec>();
        return new(
            ["kind", "name", "value", "is_key"],
            [
                .. view.Columns.Select(column => Line(
                    "column", column.Name, column.Type, column.IsKey ? "true" : "false")),
                .. read.SelectMany(source => new[]
                {
                    Line("source", "source", source.Name),
                    Line("stream", "stream", source.Stream),
                }),
                .. read.Where(source => source.Watermark is not null)
                    .Select(source => Line("watermark", source.Watermark!.Column, Watermark(source))),
                Line("emit", "emit", view.EmitsOnClose ? "on window close" : "on update"),
                .. DefinitionText.Options(view.Options).Select(option => Line("option", option.Name, option.Value)),
            ]);
    }

    private Task<StatementRows> ExplainAsync(ViewSpec view, CancellationToken cancellation) =>
        ExplainAsync(view.Name, ViewText.Of(view), view, cancellation);

    private async Task<StatementRows> ExplainAsync(
        string name, ViewText text, ViewSpec? view, CancellationToken cancellation)
    {
        var found = await plan(text, view, cancellation).ConfigureAwait(false);
        return new(["plan"], [.. PlanText.Print(name, found, text.Options, server)
            .Select(line => (IReadOnlyList<string?>)[line])]);
    }

    private IReadOnlyList<string?> Shown(ViewRunner view)
    {
        var status = statusOf(view);
        return
        [
            status.Database, status.Name, string.Join(", ", view.Spec.Inputs().Select(input => input.Source)),
            status.State, Number(status.Groups), Number(status.Records),
            (status.Error ?? status.Waiting ?? status.Backfill?.Error)?.ReplaceLineEndings("; "),
        ];
    }

    private SourceSpec Source(string name) => sources.GetValueOrDefault(name) ?? throw new TarnException(
        ErrorKind.NotFound, $"source '{name}' does not exist", hint: Suggestion.Hint(name, sources.Keys));

    private ViewRunner View(string name, string? database) =>
        views.GetValueOrDefault(name) is { } view && (database is null || database == view.Spec.Database)
            ? view
            : throw new TarnException(
                ErrorKind.NotFound, $"materialized view '{name}' does not exist",
                hint: Suggestion.Hint(name, views.Keys));

    private static string? Watermark(SourceSpec source) => source.Watermark is not { } watermark ? null
        : watermark.DelayMicroseconds == 0 ? watermark.Column
        : $"{watermark.Column} - {IntervalText.Print(watermark.DelayMicroseconds)}";

    private static string Format(SourceSpec source) => source.Format.ToString().ToUpperInvariant();

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static IReadOnlyList<string?> Line(string kind, string name, string? value, string? isKey = null) =>
        [kind, name, value, isKey];

    private static StatementRows Lines(string column, string text) =>
        new([column], [.. text.Split('\n').Select(line => (IReadOnlyList<string?>)[line])]);
}

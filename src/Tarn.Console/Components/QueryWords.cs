using Tarn.ContinuousQueries;

namespace Tarn.Console.Components;

/// <summary>A continuous query's state and figures in plain words.</summary>
internal sealed class QueryWords(ViewStatus status, DateTimeOffset now)
{
    /// <summary>States in the order of how much they want to be looked at; the first is that of most concern.</summary>
    public static IReadOnlyList<string> States { get; } =
        ["failed", "paused", "replacing", "catching up", "running"];

    /// <summary>One of <see cref="States"/>.</summary>
    public string State => status switch
    {
        { Phase: ViewPhase.Failed } => "failed",
        { Backfill.Error: null } => "replacing",
        { Phase: ViewPhase.Paused } => "paused",
        { Phase: ViewPhase.CatchingUp } => "catching up",
        _ => "running",
    };

    /// <summary>The state with what is to be said of it, such as how far a new version is.</summary>
    public string Told => status.State;

    /// <summary>How the state is coloured.</summary>
    public string Class => State switch
    {
        "failed" => "bad",
        "paused" => "warn",
        "running" => "ok",
        _ => "busy",
    };

    public string Rate => Human.Rate(status.RecordsPerSecond);

    /// <summary>Age of the oldest record not counted; a view that does not count knows none.</summary>
    public string Lag => status.Phase is ViewPhase.Paused or ViewPhase.Failed ? "–"
        : status.LagMilliseconds == 0 ? "none"
        : Human.Duration(TimeSpan.FromMilliseconds(status.LagMilliseconds));

    public string Watermark => status.Watermark is { } watermark ? Human.Moment(watermark) : "none";

    /// <summary>How far the watermark is behind the clock, or null where there is none.</summary>
    public string? Behind => status.Watermark is not { } watermark ? null
        : watermark > now ? Human.Duration(watermark - now) + " ahead of the clock"
        : Human.Duration(now - watermark) + " behind the clock";

    public string Table => SqlNames.Of(status.Database, status.Name);

    /// <summary>The SQL page with a statement that reads the view.</summary>
    public string SqlAddress => "/sql?sql=" + Uri.EscapeDataString($"SELECT * FROM {Table}");

    /// <summary>The SQL page with the records beside the view: <c>_late</c> or <c>_errors</c>.</summary>
    public string SqlAddressOf(string suffix) =>
        "/sql?sql=" + Uri.EscapeDataString($"SELECT * FROM {SqlNames.Of(status.Database, status.Name + suffix)}");

    /// <summary>The name in <c>database.name</c>, or the name itself.</summary>
    public static string NameIn(string text) => text[(text.LastIndexOf('.') + 1)..];

    /// <summary>A query's page.</summary>
    public static string Address(string name) => "/queries/" + Uri.EscapeDataString(name);
}

using System.CommandLine;

namespace Tarn.Commands.Queries;

/// <summary><c>tarn query ls|show|pause|resume|backfill</c>.</summary>
internal static class QueryCommand
{
    public static Command Create() => new("query", "See, pause and renew continuous queries (materialized views).")
    {
        QueryListing.Create(),
        QueryShowing.Create(),
        QueryChanging.Create("pause", "Stop counting, over restarts too; the view stays readable as it stands."),
        QueryChanging.Create("resume", "Count on where it was paused or has failed."),
        QueryBackfilling.Create(),
    };

    public static Argument<string> Name() => new("NAME") { Description = "the view" };

    /// <summary>Address of a view in the console's API.</summary>
    public static string Path(string name, string rest = "") => $"/api/views/{Uri.EscapeDataString(name)}{rest}";
}

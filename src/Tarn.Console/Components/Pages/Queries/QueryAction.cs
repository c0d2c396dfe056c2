namespace Tarn.Console.Components.Pages.Queries;

/// <summary>What a query's page can do with it.</summary>
public enum QueryAction
{
    /// <summary>Stops counting; the view stays readable.</summary>
    Pause,

    /// <summary>Counts on after a pause or an error.</summary>
    Resume,

    /// <summary>Counts anew beside the version that is read.</summary>
    Backfill,

    /// <summary>Removes the view with all it has counted.</summary>
    Drop,
}

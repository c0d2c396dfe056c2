namespace Tarn.ContinuousQueries.Planning;

/// <summary>What is told of a group's values.</summary>
internal enum ReadingKind
{
    /// <summary>How many there are.</summary>
    Size,

    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>The one that came most often; of equals the one that came first.</summary>
    Mode,

    /// <summary>The values as a JSON array of text, least first, or as they came where the state holds no
    /// counts.</summary>
    Values,

    /// <summary>Their counts as a JSON array of text, in the same order.</summary>
    Frequencies,

    /// <summary>The value at a quantile's rank, as quantile_disc picks it.</summary>
    Discrete,

    /// <summary>Between the two values around a quantile's rank, as quantile_cont computes it.</summary>
    Continuous,

    /// <summary>The value at or below a quantile's rank.</summary>
    Below,
}

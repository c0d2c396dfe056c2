namespace Tarn.Query.Writing.Commits;

internal enum WriteState
{
    /// <summary>Its objects may stand, all or some; nobody sees them.</summary>
    Writing,

    /// <summary>Its objects count.</summary>
    Done,
}

namespace Tarn.Streams.Commits;

/// <summary>Somebody with something to write.</summary>
internal interface ICommitTurn
{
    /// <summary>
    /// Writes what waits; true when more has gathered meanwhile, which asks for another turn. Called by one committer
    /// at a time; never throws.
    /// </summary>
    bool Commit();
}

namespace Tarn.ContinuousQueries.Definitions;

/// <summary>Where an alert's notifications go.</summary>
/// <param name="IsStream">True: a stream of this server; false: a webhook that its owner has named.</param>
internal sealed record NotifyTarget(bool IsStream, string Name)
{
    /// <summary>As errors and stored names say it.</summary>
    public override string ToString() => IsStream ? $"stream '{Name}'" : $"webhook '{Name}'";
}

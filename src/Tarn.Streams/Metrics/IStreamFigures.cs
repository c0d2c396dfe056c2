namespace Tarn.Streams.Metrics;

/// <summary>What streams do at the moment. Memory only; any thread.</summary>
public interface IStreamFigures
{
    /// <summary>The stream's figures, or null when there is none of the name.</summary>
    StreamFigures? Find(string stream);
}

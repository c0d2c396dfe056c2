using Tarn.Primitives.Errors;

namespace Tarn.Delivery.Prefixes;

/// <summary>A destination's two prefixes, which depend on each other.</summary>
internal sealed record PrefixPair(PrefixExpression Data, PrefixExpression Error)
{
    /// <summary>
    /// Takes both apart and applies Firehose's rules for the two together: an error prefix may be left out only when
    /// the prefix has no expressions, and is then the prefix itself. Fails with Invalid or Unsupported.
    /// </summary>
    /// <param name="isPartitioned">Whether the destination has dynamic partitioning.</param>
    /// <param name="setting">What messages call the prefix, such as <c>Prefix</c> or <c>prefix</c>.</param>
    /// <param name="errorSetting">What messages call the error prefix.</param>
    public static PrefixPair Parse(
        string? prefix, string? errorPrefix, bool isPartitioned, string setting, string errorSetting)
    {
        var data = PrefixExpression.Parse(prefix ?? "", PrefixKind.Data, setting);
        var usesKeys = data.UsesQueryKeys || data.UsesLambdaKeys;
        if (usesKeys && !isPartitioned)
        {
            throw new TarnException(
                ErrorKind.Invalid,
                $"{setting} '{prefix}' holds a partition key, but dynamic partitioning is not enabled",
                hint: "enable dynamic partitioning, or leave the key out");
        }

        if (isPartitioned && !usesKeys)
        {
            throw new TarnException(
                ErrorKind.Invalid,
                $"{setting} '{prefix}' holds no partition key, but dynamic partitioning is enabled",
                hint: "name a key, such as !{partitionKeyFromQuery:customer_id}");
        }

        if (string.IsNullOrEmpty(errorPrefix) && data.HasExpressions)
        {
            throw new TarnException(
                ErrorKind.Invalid,
                $"{errorSetting} is missing, but {setting} '{prefix}' has expressions",
                hint: $"{errorSetting} such as errors/!{{firehose:error-output-type}}/");
        }

        var isGiven = !string.IsNullOrEmpty(errorPrefix);
        var error = PrefixExpression.Parse(
            isGiven ? errorPrefix! : prefix ?? "", PrefixKind.Error, isGiven ? errorSetting : setting);
        return new PrefixPair(data, error);
    }
}

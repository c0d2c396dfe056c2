using System.Globalization;
using System.Xml.Linq;
using Tarn.Storage.Objects.Lifecycle;

namespace Tarn.Aws.S3.Lifecycle;

/// <summary>What a rule does, and what S3 demands of it.</summary>
internal static class LifecycleActions
{
    private const int NewerVersionsMax = 100;

    /// <summary>The rule with the actions that its element states.</summary>
    public static LifecycleRule Read(XElement element, LifecycleRule rule)
    {
        if (One(element, "Expiration") is { } expiration)
        {
            var stated = S3Document.Children(expiration, "Date", "Days", "ExpiredObjectDeleteMarker");
            if (stated.Count != 1)
            {
                throw S3Document.Malformed("Expiration needs one of Date, Days and ExpiredObjectDeleteMarker");
            }

            rule = rule with
            {
                ExpirationDays = Days(expiration, "Days", "Expiration"),
                ExpirationDate = Date(expiration),
                ExpiresDeleteMarkers = expiration.Element("ExpiredObjectDeleteMarker") is null
                    ? null
                    : S3Document.Flag(expiration, "ExpiredObjectDeleteMarker"),
            };
        }

        if (One(element, "NoncurrentVersionExpiration") is { } noncurrent)
        {
            _ = S3Document.Children(noncurrent, "NoncurrentDays", "NewerNoncurrentVersions");
            rule = rule with
            {
                NoncurrentDays = Days(noncurrent, "NoncurrentDays", "NoncurrentVersionExpiration")
                    ?? throw S3Document.Malformed("NoncurrentVersionExpiration needs NoncurrentDays"),
                NewerNoncurrentVersions =
                    Days(noncurrent, "NewerNoncurrentVersions", "NoncurrentVersionExpiration"),
            };
        }

        if (One(element, "AbortIncompleteMultipartUpload") is { } abort)
        {
            const string Member = "DaysAfterInitiation";
            _ = S3Document.Children(abort, Member);
            rule = rule with
            {
                AbortUploadsAfterDays = Days(abort, Member, "AbortIncompleteMultipartUpload")
                    ?? throw S3Document.Malformed($"AbortIncompleteMultipartUpload needs {Member}"),
            };
        }

        return rule;
    }

    public static void Check(LifecycleRule rule)
    {
        if (rule is
            {
                ExpirationDays: null, ExpirationDate: null, ExpiresDeleteMarkers: null, NoncurrentDays: null,
                AbortUploadsAfterDays: null,
            })
        {
            throw LifecycleErrors.Invalid("At least one action needs to be specified in a rule");
        }

        if (rule.ExpirationDate is { } date && date.TimeOfDay != TimeSpan.Zero)
        {
            throw S3Errors.InvalidArgument("'Date' must be at midnight GMT");
        }

        if (rule.AbortUploadsAfterDays is not null && !rule.Filter.IsByKey)
        {
            throw LifecycleErrors.Invalid(
                "AbortIncompleteMultipartUpload cannot be specified with Tags or object sizes");
        }

        if (rule.ExpiresDeleteMarkers is not null && !rule.Filter.IsByKey)
        {
            throw LifecycleErrors.Invalid("ExpiredObjectDeleteMarker cannot be specified with Tags or object sizes");
        }

        if (rule.NewerNoncurrentVersions > NewerVersionsMax)
        {
            throw S3Errors.InvalidArgument($"'NewerNoncurrentVersions' must be 1 to {NewerVersionsMax}");
        }
    }

    private static XElement? One(XElement parent, string name) => parent.Elements(name).Count() <= 1
        ? parent.Element(name)
        : throw S3Document.Malformed($"{parent.Name} has more than one {name}");

    private static int? Days(XElement parent, string name, string action)
    {
        if (parent.Element(name) is null)
        {
            return null;
        }

        const NumberStyles Styles = NumberStyles.AllowLeadingSign;
        return int.TryParse(S3Document.Text(parent, name).Trim(), Styles, CultureInfo.InvariantCulture, out var days)
            ? days > 0 ? days : throw LifecycleErrors.NotPositive(name, action)
            : throw S3Document.Malformed($"{name} is no whole number");
    }

    private static DateTimeOffset? Date(XElement parent)
    {
        if (parent.Element("Date") is null)
        {
            return null;
        }

        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParse(
            S3Document.Text(parent, "Date").Trim(), CultureInfo.InvariantCulture, Utc, out var date)
            ? date
            : throw S3Document.Malformed("Date is no time in ISO 8601");
    }
}

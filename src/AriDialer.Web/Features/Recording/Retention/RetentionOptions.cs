using System.ComponentModel.DataAnnotations;
using Quartz;

namespace AriDialer.Web.Features.Recording.Retention;

/// <summary>When recordings are let go whose time is over (section <c>Recording</c>).</summary>
internal sealed class RetentionOptions : IValidatableObject
{
    /// <summary>When, as Quartz's cron expression (seconds first), in the server's own time.</summary>
    public string RetentionAt { get; set; } = "0 15 3 * * ?";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!CronExpression.TryParse(RetentionAt, out _))
            yield return new ValidationResult("Recording:RetentionAt must be a cron expression that begins with seconds, such as \"0 15 3 * * ?\" for 03:15 each day.");
    }

    /// <summary>The expression, read in the server's time.</summary>
    public CronExpression ToSchedule(TimeProvider time) => new(RetentionAt, time.LocalTimeZone);
}

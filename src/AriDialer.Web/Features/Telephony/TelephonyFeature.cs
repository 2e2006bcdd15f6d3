using AriDialer.Ari;

namespace AriDialer.Web.Features.Telephony;

internal static class TelephonyFeature
{
    /// <summary>Calls, and the Asterisk that they are in (section <c>Asterisk</c>).</summary>
    public static IServiceCollection AddTelephony(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddAri(options =>
        {
            options.Url = new Uri("http://127.0.0.1:5088");
            options.Username = "aridialer";
            options.App = "aridialer";
            var section = configuration.GetSection("Asterisk");
            section.Bind(options);
            if (section["PasswordFile"] is { Length: > 0 } file)
                options.Password = ReadPassword(file);
        });
        services.AddOptions<CallsOptions>().BindConfiguration("Calls").ValidateDataAnnotations().ValidateOnStart();
        services.AddCalls();
        return services;
    }

    private static string ReadPassword(string file)
    {
        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"Asterisk:PasswordFile names {file}, which cannot be read.", e);
        }
    }
}

using System.Threading.RateLimiting;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.Account;

internal static class AccountFeature
{
    /// <summary>The rate limit of every form that takes a secret.</summary>
    public const string AttemptsLimit = "attempts";

    public const int WrongPasswords = 5;

    public static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(10);

    public static IServiceCollection AddAccount(this IServiceCollection services)
    {
        services.AddOptions<AccountOptions>().BindConfiguration("Account").ValidateDataAnnotations().ValidateOnStart();
        services.AddIdentity<AppUser, IdentityRole>(Configure)
            .AddEntityFrameworkStores<AppDbContext>()
            .AddSignInManager<PersonSignInManager>()
            .AddClaimsPrincipalFactory<SignInIdClaims>()
            .AddDefaultTokenProviders();
        services.AddOptions<DataProtectionTokenProviderOptions>().Configure<IOptions<AccountOptions>>(
            (tokens, account) => tokens.TokenLifespan = account.Value.LinkLasts);
        services.Configure<SecurityStampValidatorOptions>(options =>
        {
            options.ValidationInterval = TimeSpan.FromSeconds(30);
            options.OnRefreshingPrincipal = SignInIdClaims.KeepSignInId;
        });
        services.AddOptions<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme)
            .Configure<IOptions<AccountOptions>>((cookie, account) => ConfigureCookie(cookie, account.Value));
        services.AddAuthorization(Policies.Add);
        services.AddRateLimiter(limiter => limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests);
        services.AddOptions<Microsoft.AspNetCore.RateLimiting.RateLimiterOptions>().Configure<IOptions<AccountOptions>>(
            (limiter, account) => limiter.AddPolicy(AttemptsLimit, context => LimitAttempts(context, account.Value)));
        services.AddSingleton<FirstAdministratorLink>();
        services.AddSingleton<PersonAccess>();
        services.AddSingleton<EndedSignIns>();
        services.AddHostedService(provider => provider.GetRequiredService<EndedSignIns>());
        services.AddScoped<PersonPasskeys>();
        services.AddHostedService<FirstAdministratorSetup>();
        return services;
    }

    public static void MapAccount(this IEndpointRouteBuilder endpoints) => endpoints.MapPasskeys();

    private static void Configure(IdentityOptions options)
    {
        options.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
        options.User.RequireUniqueEmail = true;
        options.Lockout.MaxFailedAccessAttempts = WrongPasswords;
        options.Lockout.DefaultLockoutTimeSpan = LockedFor;
        // Length is what counts; rules on kinds of letters only make passwords harder to remember.
        options.Password.RequiredLength = 10;
        options.Password.RequiredUniqueChars = 4;
        options.Password.RequireDigit = false;
        options.Password.RequireLowercase = false;
        options.Password.RequireUppercase = false;
        options.Password.RequireNonAlphanumeric = false;
    }

    private static void ConfigureCookie(CookieAuthenticationOptions options, AccountOptions account)
    {
        options.Cookie.Name = "aridialer";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = account.SignInLasts;
        options.SlidingExpiration = true;
        options.LoginPath = "/account/sign-in";
        options.LogoutPath = "/sign-out";
        options.AccessDeniedPath = "/account/denied";
        options.ReturnUrlParameter = "returnUrl";
        options.Events.OnValidatePrincipal = EndedSignIns.ValidateAsync;
        options.Events.OnRedirectToLogin = context => RedirectPeopleOnly(context, StatusCodes.Status401Unauthorized);
        options.Events.OnRedirectToAccessDenied = context => RedirectPeopleOnly(context, StatusCodes.Status403Forbidden);
    }

    /// <summary>A page leads to the sign-in; what a script asks for gets the bare status.</summary>
    private static Task RedirectPeopleOnly(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        if (ForScripts.IsFor(context.HttpContext))
        {
            context.Response.StatusCode = status;
        }
        else
        {
            context.Response.Redirect(context.RedirectUri);
        }

        return Task.CompletedTask;
    }

    private static RateLimitPartition<string> LimitAttempts(HttpContext context, AccountOptions account) =>
        HttpMethods.IsPost(context.Request.Method)
            ? RateLimitPartition.GetFixedWindowLimiter(
                $"attempts of {context.Connection.RemoteIpAddress}",
                _ => new FixedWindowRateLimiterOptions { PermitLimit = account.AttemptsPerMinute, Window = TimeSpan.FromMinutes(1) })
            : RateLimitPartition.GetNoLimiter("looking only");
}
